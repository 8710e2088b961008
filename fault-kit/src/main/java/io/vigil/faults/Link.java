package io.vigil.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP link that can be bad: what goes to its port goes on to another, and what comes back can be
 * delayed, slowed down, spoilt and cut off. No rights of the system's are needed for it.
 *
 * <pre>{@code
 * try (var link = Link.to("127.0.0.1", 8554)) {
 *   play("rtsp://127.0.0.1:" + link.port() + "/camera");
 *   link.set(Quality.GOOD.withBytesPerSecond(2_000));
 * }
 * }</pre>
 */
public final class Link implements AutoCloseable {

  /**
   * What the way back is like.
   *
   * @param delayMillis of every byte
   * @param bytesPerSecond of all that pass on one connection; 0 for as many as there are
   * @param spoiltPerMille of a thousand bytes so many are replaced by others
   */
  public record Quality(long delayMillis, long bytesPerSecond, int spoiltPerMille) {

    public static final Quality GOOD = new Quality(0, 0, 0);

    public Quality withDelayMillis(long delay) {
      return new Quality(delay, bytesPerSecond, spoiltPerMille);
    }

    public Quality withBytesPerSecond(long rate) {
      return new Quality(delayMillis, rate, spoiltPerMille);
    }

    public Quality withSpoiltPerMille(int spoilt) {
      return new Quality(delayMillis, bytesPerSecond, spoilt);
    }
  }

  private static final int PIECE = 1500;
  private static final int MOST_PIECES = 1000;
  private static final int MOST_KEPT_BYTES = 64 << 10;

  private final ServerSocket listener;
  private final String host;
  private final int target;
  private final Random chance = new Random(7);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Quality quality = Quality.GOOD;
  private volatile boolean down;

  private Link(ServerSocket listener, String host, int target) {
    this.listener = listener;
    this.host = host;
    this.target = target;
  }

  /** From a free port of this machine. */
  public static Link to(String host, int target) throws IOException {
    return of(0, host, target);
  }

  /**
   * @param port of this machine to listen on; 0 for a free one
   */
  public static Link of(int port, String host, int target) throws IOException {
    var link = new Link(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), host, target);
    start("link", link::accept);
    return link;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From the next bytes on. */
  public void set(Quality newQuality) {
    quality = newQuality;
  }

  /** Ends all connections; new ones are taken. */
  public void cut() {
    open.forEach(Link::close);
  }

  /** Ends all connections, and refuses new ones until it is up again. */
  public void down() {
    down = true;
    cut();
  }

  public void up() {
    down = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        // The link is closed, or the other side is not there: the client sees its connection end.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    if (down) {
      close(client);
      return;
    }
    Socket server;
    try {
      server = new Socket(host, target);
    } catch (IOException e) {
      close(client);
      throw e;
    }
    client.setReceiveBufferSize(MOST_KEPT_BYTES);
    server.setReceiveBufferSize(MOST_KEPT_BYTES);
    open.add(client);
    open.add(server);
    start("link out", () -> pump(client, server, false));
    start("link back", () -> pump(server, client, true));
  }

  private static void start(String name, Runnable action) {
    var thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to, boolean back) {
    try (from) {
      if (back) {
        suffer(from, to);
      } else {
        from.getInputStream().transferTo(to.getOutputStream());
        close(to);
      }
    } catch (IOException e) {
      close(to); // one side has gone, and so goes the other
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** Bytes, and when they have come; no bytes at the end. */
  private record Piece(byte[] bytes, long due) {}

  private static final Piece END = new Piece(new byte[0], 0);

  private void suffer(Socket from, Socket to) throws IOException, InterruptedException {
    var onTheWay = new ArrayBlockingQueue<Piece>(MOST_PIECES);
    start("link end", () -> deliver(onTheWay, from, to));
    try {
      var in = from.getInputStream();
      var buffer = new byte[PIECE];
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        onTheWay.put(suffered(Arrays.copyOf(buffer, length)));
      }
    } finally {
      onTheWay.offer(END); // where there is no place, the other end is gone already
    }
  }

  private Piece suffered(byte[] bytes) throws InterruptedException {
    var now = quality;
    if (now.bytesPerSecond > 0) {
      Thread.sleep(1000L * bytes.length / now.bytesPerSecond);
    }
    if (now.spoiltPerMille > 0) {
      spoil(bytes, bytes.length, now.spoiltPerMille);
    }
    return new Piece(bytes, System.currentTimeMillis() + now.delayMillis);
  }

  private static void deliver(BlockingQueue<Piece> onTheWay, Socket from, Socket to) {
    try (to) {
      for (var piece = onTheWay.take(); piece.bytes.length > 0; piece = onTheWay.take()) {
        Thread.sleep(Math.max(0, piece.due - System.currentTimeMillis()));
        to.getOutputStream().write(piece.bytes);
      }
    } catch (IOException e) {
      close(from);
      onTheWay.clear(); // whoever waits for a place goes on, and sees that it is closed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void spoil(byte[] piece, int length, int perMille) {
    for (int i = 0; i < length; i++) {
      if (chance.nextInt(1000) < perMille) {
        piece[i] = (byte) chance.nextInt();
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
