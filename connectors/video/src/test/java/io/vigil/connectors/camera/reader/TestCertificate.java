package io.vigil.connectors.camera.reader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that a server signed itself, made by the JDK's keytool.
 *
 * @param alone PEM
 * @param withKey PEM, for the server
 */
record TestCertificate(Path alone, Path withKey) {

  private static final String PASSWORD = "changeit";

  static TestCertificate of(String host, Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    var file = folder.resolve(host + ".p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        List.of(
            keytool,
            "-genkeypair",
            "-keyalg",
            "RSA",
            "-alias",
            "camera",
            "-dname",
            "CN=" + host,
            "-ext",
            "san=dns:" + host,
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString());
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("keytool ended with " + exit);
    }
    var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    var certificate = pem("CERTIFICATE", store.getCertificate("camera").getEncoded());
    var key = pem("PRIVATE KEY", store.getKey("camera", PASSWORD.toCharArray()).getEncoded());
    return new TestCertificate(
        Files.writeString(folder.resolve(host + ".pem"), certificate),
        Files.writeString(folder.resolve(host + ".both.pem"), key + certificate));
  }

  private static String pem(String what, byte[] bytes) {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, lines.encodeToString(bytes));
  }
}
