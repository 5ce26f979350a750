package io.patchbay.cloud.ec2;

import com.sun.net.httpserver.Headers;
import io.patchbay.cloud.vpc.Ec2Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of a request. Source: IAM user guide, "Create a signed AWS API request" (version
/// 4).
record Signature(
        String key, String date, String region, String service, String headers, String hex) {
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
                            + "\\s*SignedHeaders=([^,]+),\\s*Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final Duration SKEW = Duration.ofMinutes(5);

    /// A request as it was signed.
    record Signed(String method, String path, String query, Headers headers, String body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }
    }

    static Signature of(Signed request) {
        Matcher matcher = SYNTAX.matcher(request.header("Authorization").orElse(""));
        if (!matcher.matches()) {
            throw refused();
        }
        return new Signature(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                matcher.group(5),
                matcher.group(6));
    }

    static Ec2Refusal refused() {
        return new Ec2Refusal(
                401, "AuthFailure", "AWS was not able to validate the provided access credentials");
    }

    static Ec2Refusal expired() {
        return new Ec2Refusal("RequestExpired", "Request has expired.");
    }

    /// Refuses what was not signed by a credential, now, for a region.
    void verify(Signed request, Credential credential, String here, Instant now) {
        if (!region.equals(here) || !service.equals("ec2")) {
            throw refused();
        }
        if (!request.header("X-Amz-Security-Token").equals(credential.token())) {
            throw refused();
        }
        if (credential.expiration().filter(end -> !now.isBefore(end)).isPresent()) {
            throw expired();
        }
        String time = request.header("X-Amz-Date").orElseThrow(Signature::refused);
        Instant at = Parameters.parse("X-Amz-Date", time, Signature::instant);
        if (Duration.between(at, now).abs().compareTo(SKEW) > 0 || !time.startsWith(date)) {
            throw expired();
        }
        byte[] expected = sign(request, credential.secretAccessKey(), time);
        if (!MessageDigest.isEqual(expected, HexFormat.of().parseHex(hex))) {
            throw new Ec2Refusal(
                    403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided."
                            + " Check your AWS Secret Access Key and signing method.");
        }
    }

    private static Instant instant(String time) {
        try {
            return TIME.parse(time, Instant::from);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private byte[] sign(Signed request, String secret, String time) {
        String scope = "%s/%s/%s/aws4_request".formatted(date, region, service);
        String text =
                "AWS4-HMAC-SHA256\n%s\n%s\n%s"
                        .formatted(time, scope, hash(bytes(canonical(request))));
        byte[] secretKey = bytes("AWS4" + secret);
        for (String part : List.of(date, region, service, "aws4_request", text)) {
            secretKey = hmac(secretKey, part);
        }
        return secretKey;
    }

    private String canonical(Signed request) {
        String signed =
                headers.lines()
                        .flatMap(Pattern.compile(";")::splitAsStream)
                        .map(name -> name + ":" + value(request, name) + "\n")
                        .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                request.path(),
                request.query(),
                signed,
                headers,
                payload(request));
    }

    private static String value(Signed request, String name) {
        return Optional.ofNullable(request.headers().get(name)).orElse(List.of()).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    /// The hash that was signed must be the body's, or say that it is none.
    private static String payload(Signed request) {
        String own = hash(bytes(request.body()));
        String told = request.header("X-Amz-Content-Sha256").orElse(own);
        return told.equals("UNSIGNED-PAYLOAD") ? told : own;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
