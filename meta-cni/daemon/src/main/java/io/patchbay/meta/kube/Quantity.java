package io.patchbay.meta.kube;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number as Kubernetes writes it: `2`, `500m`, `1Ki`, `3e3`. Source: k8s.io/apimachinery,
/// resource.Quantity.
final class Quantity {
    // Kubernetes itself keeps no more than 18 digits; a longer exponent would not fit any memory.
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "([+-]?(?:[0-9]{1,18}(?:[.][0-9]{0,18})?|[.][0-9]{1,18}))"
                            + "(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?[0-9]{1,2}))?");

    private static final Map<String, Integer> TENS =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

    private static final String BINARY = "KMGTPE";

    private Quantity() {}

    /// An IllegalArgumentException where it is none.
    static BigDecimal parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no quantity, such as 2, 500m or 1Ki".formatted(text));
        }
        BigDecimal number = new BigDecimal(parts.group(1));
        String suffix = parts.group(2);
        String exponent = parts.group(3);
        if (exponent != null) {
            return number.scaleByPowerOfTen(Integer.parseInt(exponent));
        }
        if (suffix == null) {
            return number;
        }
        Integer tens = TENS.get(suffix);
        return tens == null
                ? number.multiply(binary(suffix.charAt(0)))
                : number.scaleByPowerOfTen(tens);
    }

    private static BigDecimal binary(char prefix) {
        return new BigDecimal(BigInteger.ONE.shiftLeft(10 * (BINARY.indexOf(prefix) + 1)));
    }
}
