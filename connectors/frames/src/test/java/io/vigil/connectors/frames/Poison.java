package io.vigil.connectors.frames;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records that are not as they must be. */
public final class Poison {

  private Poison() {}

  /** As it was, with other headers: name, value, name, value; without the header if it is null. */
  public static ProducerRecord<byte[], byte[]> with(
      ProducerRecord<byte[], byte[]> record, byte[] value, String... headers) {
    var copy = new ProducerRecord<>(record.topic(), record.key(), value);
    record.headers().forEach(header -> copy.headers().add(header));
    for (int i = 0; i < headers.length; i += 2) {
      copy.headers().remove(headers[i]);
      if (headers[i + 1] != null) {
        copy.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return copy;
  }

  public static ProducerRecord<byte[], byte[]> withKey(
      ProducerRecord<byte[], byte[]> record, String key) {
    var bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    var copy = new ProducerRecord<>(record.topic(), bytes, record.value());
    record.headers().forEach(header -> copy.headers().add(header));
    return copy;
  }

  /** A few kilobytes that state a picture of that size, black and well packed. */
  public static byte[] png(int width, int height) {
    return png(width, height, 0);
  }

  /**
   * @param text bytes that a text beside the picture unpacks to
   */
  public static byte[] png(int width, int height, int text) {
    try {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      out.writeLong(0x89504e470d0a1a0aL);
      var header = new ByteArrayOutputStream();
      var fields = new DataOutputStream(header);
      fields.writeInt(width);
      fields.writeInt(height);
      fields.write(new byte[] {8, 2, 0, 0, 0});
      chunk("IHDR", header.toByteArray(), out);
      if (text > 0) {
        var comment = new ByteArrayOutputStream();
        comment.write("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
        comment.write(packed(text));
        chunk("zTXt", comment.toByteArray(), out);
      }
      chunk("IDAT", packed(Math.min(1L << 20, (3L * width + 1) * height)), out);
      chunk("IEND", new byte[0], out);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] packed(long zeros) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(bytes)) {
      var block = new byte[1 << 12];
      for (long left = zeros; left > 0; left -= block.length) {
        deflater.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    return bytes.toByteArray();
  }

  private static void chunk(String name, byte[] data, DataOutputStream out) throws IOException {
    var named = new ByteArrayOutputStream();
    named.write(name.getBytes(StandardCharsets.US_ASCII));
    named.write(data);
    var crc = new CRC32();
    crc.update(named.toByteArray());
    out.writeInt(data.length);
    out.write(named.toByteArray());
    out.writeInt((int) crc.getValue());
  }

  /** A JPEG that states another size. */
  public static byte[] jpeg(byte[] sound, int width, int height) {
    var lying = sound.clone();
    for (int at = 2; at < lying.length - 9; at++) {
      if ((lying[at] & 0xff) == 0xff && (lying[at + 1] & 0xff) == 0xc0) {
        lying[at + 5] = (byte) (height >> 8);
        lying[at + 6] = (byte) height;
        lying[at + 7] = (byte) (width >> 8);
        lying[at + 8] = (byte) width;
        return lying;
      }
    }
    throw new IllegalArgumentException("no baseline JPEG");
  }
}
