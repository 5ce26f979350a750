package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/// The file by which kubectl finds a cluster: its current context. A user is known by a token or by
/// a certificate; one that a program logs in is refused. Paths in it start from its own. Source:
/// kubernetes.io, "kubeconfig (v1)".
///
/// @param file what paths in the file start from
record Kubeconfig(Path file, JsonObject cluster, JsonObject user) implements Login {
    /// Refuses with 5 a file that cannot be read, with 6 or 7 what makes no sense.
    static Kubeconfig read(Path file) {
        JsonObject root = JsonObject.read(file.toString(), tree(file));
        JsonObject context = named(root, "contexts", root.getString("current-context"), "context");
        return new Kubeconfig(
                file,
                named(root, "clusters", context.getString("cluster"), "cluster"),
                named(root, "users", context.getString("user"), "user"));
    }

    private static JsonNode tree(Path file) {
        try {
            return Yaml.read(Files.readString(file))
                    .orElseThrow(() ->
                            CniException.invalidConfig(
                                    "%s is empty: a kubeconfig is expected".formatted(file)));
        } catch (Yaml.Malformed e) {
            throw CniException.invalidConfig(
                    "%s, line %d: %s".formatted(file, e.line(), e.reason()));
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static JsonObject named(JsonObject root, String list, String name, String key) {
        return root.objects(list).stream()
                .filter(one -> one.getString("name").equals(name))
                .findFirst()
                .flatMap(one -> one.object(key))
                .orElseThrow(() ->
                        root.refusal(list, "there is no \"%s\" with a %s".formatted(name, key)));
    }

    URI server() {
        return cluster.parse("server", cluster.getString("server"), URI::create);
    }

    @Override
    public String token() {
        return user.string("token")
                .or(() -> user.string("tokenFile").map(this::text))
                .orElse("")
                .strip();
    }

    private String text(String path) {
        return new String(bytes(path), StandardCharsets.US_ASCII);
    }

    private byte[] bytes(String path) {
        try {
            return Files.readAllBytes(file.resolveSibling(path));
        } catch (IOException e) {
            throw unreadable(file.resolveSibling(path).toString(), e);
        }
    }

    private static CniException unreadable(String file, Exception cause) {
        return new CniException(
                Standard.IO_FAILURE, "the kubeconfig's %s cannot be read".formatted(file), cause);
    }

    /// A file is read for each call.
    @Override
    public void refused(String old) {}

    @Override
    public TrustManager[] authorities() {
        String key = "certificate-authority";
        Optional<byte[]> pem = pem(cluster, key);
        if (pem.isEmpty()) {
            throw cluster.missing(key);
        }
        return Authorities.of(cluster.where(), new ByteArrayInputStream(pem.get()));
    }

    /// What stands in the file itself comes first.
    private Optional<byte[]> pem(JsonObject holder, String key) {
        String data = key + "-data";
        return holder.string(data)
                .map(text -> holder.parse(data, text, Base64.getDecoder()::decode))
                .or(() -> holder.string(key).map(this::bytes));
    }

    @Override
    public KeyManager[] certificates() {
        Optional<byte[]> certificate = pem(user, "client-certificate");
        Optional<byte[]> key = pem(user, "client-key");
        if (certificate.isEmpty() && key.isEmpty()) {
            requireToken();
            return new KeyManager[0];
        }
        String secret =
                new String(
                        key.orElseThrow(() -> user.missing("client-key")),
                        StandardCharsets.US_ASCII);
        try {
            return SSLUtils.keyManagers(
                    encoded(certificate.orElseThrow(() -> user.missing("client-certificate"))),
                    null,
                    encoded(secret.getBytes(StandardCharsets.US_ASCII)),
                    null,
                    secret.contains("BEGIN EC ") ? "EC" : "RSA",
                    "",
                    null,
                    null);
        } catch (GeneralSecurityException | IOException e) {
            throw unreadable("client certificate", e);
        }
    }

    private static String encoded(byte[] pem) {
        return Base64.getEncoder().encodeToString(pem);
    }

    private void requireToken() {
        if (token().isEmpty()) {
            throw CniException.invalidConfig(
                    "%s: neither a token nor a client certificate is given, and programs that log in are not run: make a token with \"kubectl create token\""
                            .formatted(user.where()));
        }
    }
}
