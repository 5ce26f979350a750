package io.patchbay.meta.vpccni;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads values as the VPC CNI does; what it would put aside for its default, or cannot be here, is
/// an IllegalArgumentException that says what it has to be.
final class Values {
    // strconv.ParseBool
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,3}");
    private static final Set<String> TAKEN = Set.of("eth", "lo", "vlan");

    private Values() {}

    static boolean flag(String value) {
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw new IllegalArgumentException("it is true or false");
        }
        return TRUE.contains(value);
    }

    static int number(String value, int least, int most) {
        IllegalArgumentException refusal =
                new IllegalArgumentException(
                        most == Integer.MAX_VALUE
                                ? "it is a whole number of %d or more".formatted(least)
                                : "it is a whole number, %d to %d".formatted(least, most));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            refusal.initCause(e);
        }
        throw refusal;
    }

    /// Decimal, 0x for hexadecimal, 0 for octal.
    static int mark(String value) {
        IllegalArgumentException refusal =
                new IllegalArgumentException("it is a number of 1 to 0x7fffffff, such as 0x80");
        try {
            // Go does not know the # of Java.
            int mark = value.startsWith("#") ? 0 : Integer.decode(value);
            if (mark > 0) {
                return mark;
            }
        } catch (NumberFormatException e) {
            refusal.initCause(e);
        }
        throw refusal;
    }

    static String prefix(String value) {
        if (!PREFIX.matcher(value).matches() || TAKEN.contains(value)) {
            throw new IllegalArgumentException(
                    "it has 1 to 4 letters and digits, a letter first, and is not eth, lo or vlan");
        }
        return value;
    }

    static String url(String value) {
        IllegalArgumentException refusal =
                new IllegalArgumentException("write it as https://HOST or https://HOST:PORT");
        try {
            URI uri = URI.create(value);
            if (Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            refusal.initCause(e);
        }
        throw refusal;
    }

    static List<String> blocks(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Values::block)
                .toList();
    }

    private static String block(String text) {
        IllegalArgumentException refusal =
                new IllegalArgumentException(
                        "\"%s\" is no block of IPv4, such as 10.1.0.0/16".formatted(text));
        try {
            if (!Cidr.parse(text).isIpv6()) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            refusal.initCause(e);
        }
        throw refusal;
    }

    static Map<String, String> tags(String value) {
        IllegalArgumentException refusal =
                new IllegalArgumentException(
                        "it is an object of JSON with strings, such as {\"team\": \"a\"}");
        try {
            Map<String, String> tags = new TreeMap<>();
            for (var entry : Json.decodeObject("it", value).properties()) {
                JsonNode tag = entry.getValue();
                if (!tag.isTextual()) {
                    throw refusal;
                }
                tags.put(entry.getKey(), tag.textValue());
            }
            return tags;
        } catch (CniException e) {
            refusal.initCause(e);
        }
        throw refusal;
    }
}
