package io.vigil.model.weights.pull;

import io.vigil.model.weights.WeightsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The proxies of {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in either case, as
 * command-line programs take them; the JVM's own where these say nothing.
 */
public final class EnvironmentProxies extends ProxySelector {

  private static final int USUAL_PORT = 80;

  private final Map<String, String> environment;
  private final ProxySelector fallback;

  /**
   * @param environment variables by name
   */
  public EnvironmentProxies(Map<String, String> environment, ProxySelector fallback) {
    this.environment = Map.copyOf(environment);
    this.fallback = fallback;
  }

  @Override
  public List<Proxy> select(URI address) {
    var proxy = value(address.getScheme() + "_proxy");
    if (proxy.isEmpty()) {
      return fallback.select(address);
    }
    return isExempt(address.getHost()) ? List.of(Proxy.NO_PROXY) : List.of(proxy(proxy));
  }

  private String value(String name) {
    return environment.getOrDefault(
        name, environment.getOrDefault(name.toUpperCase(Locale.ROOT), ""));
  }

  private boolean isExempt(String host) {
    return Stream.of(value("no_proxy").split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private static Proxy proxy(String value) {
    var address = URI.create(value.contains("://") ? value : "http://" + value);
    if (address.getUserInfo() != null) {
      throw new WeightsException(
          "The proxy %s wants a user and a password, which are not passed on: name one without, or pull from a folder (--mirror)."
              .formatted(address.getHost()));
    }
    int port = address.getPort() < 0 ? USUAL_PORT : address.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    fallback.connectFailed(address, proxy, failure);
  }
}
