package io.patchbay.meta.kube;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Those who vouch for the API server.
final class Authorities {
    private Authorities() {}

    /// Trusts the certificates of a PEM file and nobody else. A file that cannot be read is code 5.
    static TrustManager[] of(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            return of(pem.toString(), in);
        } catch (IOException e) {
            throw unreadable(pem.toString(), e);
        }
    }

    /// @param where names them in refusals
    static TrustManager[] of(String where, InputStream in) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate one :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority" + number++, one);
            }
            if (number == 0) {
                throw new GeneralSecurityException("there is no certificate in it");
            }
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(where, e);
        }
    }

    private static CniException unreadable(String where, Exception cause) {
        return new CniException(
                Standard.IO_FAILURE,
                "the certificate authority %s of the API server cannot be read".formatted(where),
                cause);
    }
}
