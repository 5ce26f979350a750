package io.patchbay.cluster;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files that tell the API server whom to believe, and what the believed ones show it.
///
/// @param tokens by user name
record Credentials(Scratch directory, ServiceAccountKey key, Map<String, String> tokens) {
    private static final String TOKENS = "tokens.csv";
    private static final String SIGNING_KEY = "service-accounts.key";
    private static final String VERIFICATION_KEY = "service-accounts.pub";

    /// Writes the files into a directory.
    static Credentials create(Scratch directory, List<User> users) {
        Map<String, String> tokens = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (User user : users) {
            String token = token();
            if (tokens.put(user.name(), token) != null) {
                throw new IllegalArgumentException("there are two users named " + user.name());
            }
            lines.add(
                    "%s,%s,%s,\"%s\""
                            .formatted(
                                    token,
                                    user.name(),
                                    user.name(),
                                    String.join(",", user.groups())));
        }
        var credentials = new Credentials(directory, new ServiceAccountKey(), tokens);
        directory.write(TOKENS, String.join("\n", lines) + "\n");
        directory.write(SIGNING_KEY, credentials.key.privatePem());
        directory.write(VERIFICATION_KEY, credentials.key.publicPem());
        return credentials;
    }

    private static String token() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    Path tokenFile() {
        return directory.file(TOKENS);
    }

    Path signingKeyFile() {
        return directory.file(SIGNING_KEY);
    }

    Path verificationKeyFile() {
        return directory.file(VERIFICATION_KEY);
    }

    /// Where the API server keeps the certificate that it makes for itself, once.
    Path certificates() {
        return directory.file("certificates");
    }

    /// That certificate, and the one of the authority that signed it.
    Path certificateAuthority() {
        return certificates().resolve("apiserver.crt");
    }

    String token(String user) {
        String token = tokens.get(user);
        if (token == null) {
            throw new IllegalArgumentException(
                    "there is no user %s, but %s: name it when you start the control plane"
                            .formatted(user, tokens.keySet()));
        }
        return token;
    }

    /// A file that lets any client be the bearer of a token, wherever it meets the API server.
    Path kubeconfig(String url, String token) {
        return directory.writeAnew(
                """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: test
                    cluster: {server: "%s", certificate-authority: "%s", tls-server-name: kubernetes}
                users: [{name: bearer, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: bearer}}]
                current-context: test
                """
                        .formatted(url, certificateAuthority(), token));
    }
}
