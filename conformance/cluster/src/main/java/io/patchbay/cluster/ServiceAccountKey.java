package io.patchbay.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The key that the API server signs the tokens of service accounts with. Tests sign with it too,
/// for a token that the server hands out lives ten minutes at least.
final class ServiceAccountKey {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;

    ServiceAccountKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String privatePem() {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    String publicPem() {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(encoded), kind);
    }

    /// A token as TokenRequest gives it, but of any life, even one that is over.
    String token(String issuer, String namespace, String name, String uid, Duration life) {
        Instant now = Instant.now();
        Instant end = now.plus(life);
        Instant begin = now.isBefore(end) ? now : end;
        var account = Map.of("name", name, "uid", uid);
        return sign(
                Map.of(
                        "iss", issuer,
                        "aud", List.of(issuer),
                        "sub", "system:serviceaccount:%s:%s".formatted(namespace, name),
                        "iat", begin.getEpochSecond(),
                        "nbf", begin.getEpochSecond(),
                        "exp", end.getEpochSecond(),
                        "kubernetes.io",
                                Map.of("namespace", namespace, "serviceaccount", account)));
    }

    /// A JSON Web Token (RFC 7519) with these claims.
    private String sign(Map<String, ?> claims) {
        String signed = part(Map.of("alg", "RS256")) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, ?> members) {
        try {
            return URL.encodeToString(new ObjectMapper().writeValueAsBytes(members));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
