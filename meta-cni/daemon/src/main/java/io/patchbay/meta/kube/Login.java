package io.patchbay.meta.kube;

import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/// As whom the API server is spoken to, and who vouches for it.
interface Login {
    /// A bearer token, as it is now; empty for none.
    String token();

    /// Says that the server no longer takes a token.
    void refused(String old);

    /// Those who vouch for the server. A file that cannot be read is code 5.
    TrustManager[] authorities();

    /// What the client itself shows; empty for nothing.
    KeyManager[] certificates();

    /// As a pod's service account, by the files that its kubelet mounts and renews.
    static Login of(ApiServerAddress address, InstantSource clock) {
        TokenFile token = new TokenFile(address.token(), clock);
        return new Login() {
            @Override
            public String token() {
                return token.get();
            }

            @Override
            public void refused(String old) {
                token.refused(old);
            }

            @Override
            public TrustManager[] authorities() {
                return Authorities.of(address.certificateAuthority());
            }

            @Override
            public KeyManager[] certificates() {
                return new KeyManager[0];
            }
        };
    }
}
