package io.vigil.model.weights.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentProxiesTest {

  private static Proxy proxy(String address, Map<String, String> environment) {
    var proxies = new EnvironmentProxies(environment, ProxySelector.of(null));
    return proxies.select(URI.create(address)).get(0);
  }

  private static Proxy at(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  @Test
  void takesTheVariableOfTheSchemeInEitherCase() {
    var environment =
        Map.of("HTTPS_PROXY", "http://secure.example:3128", "http_proxy", "plain.example:8080");
    assertThat(proxy("https://github.com/x", environment)).isEqualTo(at("secure.example", 3128));
    assertThat(proxy("http://github.com/x", environment)).isEqualTo(at("plain.example", 8080));
  }

  @Test
  void hostsOfNoProxyAreReachedDirectly() {
    var environment =
        Map.of("https_proxy", "p.example:1", "NO_PROXY", "localhost, .corp.example,other.example");
    assertThat(proxy("https://mirror.corp.example/", environment)).isEqualTo(Proxy.NO_PROXY);
    assertThat(proxy("https://other.example/", environment)).isEqualTo(Proxy.NO_PROXY);
    assertThat(proxy("https://another.example/", environment)).isEqualTo(at("p.example", 1));
  }

  @Test
  void withoutVariablesTheJvmsOwnCount() {
    assertThat(proxy("https://github.com/", Map.of())).isEqualTo(Proxy.NO_PROXY);
  }

  @Test
  void aProxyThatWantsALoginIsRefusedWithoutItsPassword() {
    var proxies =
        new EnvironmentProxies(
            Map.of("HTTPS_PROXY", "http://me:secret@proxy:3128"), ProxySelector.getDefault());
    assertThatThrownBy(() -> proxies.select(URI.create("https://example.org/d0.pth")))
        .hasMessage(
            "The proxy proxy wants a user and a password, which are not passed on: name one without, or pull from a folder (--mirror).");
  }
}
