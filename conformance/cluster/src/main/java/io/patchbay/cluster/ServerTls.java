package io.patchbay.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// TLS in the API server's own name, by the certificate that it made for itself, and towards it.
final class ServerTls {
    private static final char[] NO_PASSWORD = {};

    /// The header of an RSA key in PKCS#8: version 0, rsaEncryption (RFC 5208, RFC 8017).
    private static final byte[] RSA =
            HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private ServerTls() {}

    /// @param certificates the directory with `apiserver.crt` and `apiserver.key`
    static SSLSocketFactory of(Path certificates) {
        try (InputStream in = Files.newInputStream(certificates.resolve("apiserver.crt"))) {
            Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .toArray(Certificate[]::new);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry(
                    "server", key(certificates.resolve("apiserver.key")), NO_PASSWORD, chain);
            store.setCertificateEntry("authority", chain[chain.length - 1]);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no TLS by what is in " + certificates, e);
        }
    }

    /// An RSA key in PKCS#1, which Java reads in PKCS#8 only.
    private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
        String text = Files.readString(pem).replaceAll("-----[^-]+-----", "");
        byte[] inner = tagged(0x04, Base64.getMimeDecoder().decode(text));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(RSA);
        content.write(inner);
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(tagged(0x30, content.toByteArray())));
    }

    /// DER, with a length of two bytes.
    private static byte[] tagged(int tag, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) tag, (byte) 0x82});
        out.write(new byte[] {(byte) (content.length >> 8), (byte) content.length});
        out.write(content);
        return out.toByteArray();
    }
}
