package io.patchbay.cloud.ec2;

import io.patchbay.cloud.vpc.Ec2Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The parameters of a request of the Query API: flat names such as `Filter.1.Value.2`. Those that
/// nobody asks for are ignored, as in EC2. Source: EC2 API reference, "Query requests".
record Parameters(Map<String, String> values) {
    Parameters {
        values = Map.copyOf(values);
    }

    static Parameters decode(String form) {
        Map<String, String> values = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                values.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Parameters(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Ec2Refusal(
                    "MalformedQueryString", "The query string \"%s\" is malformed".formatted(text));
        }
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String get(String name) {
        return find(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> Ec2Refusal.missing(name));
    }

    Optional<Integer> findNumber(String name) {
        return find(name).map(text -> parse(name, text, Integer::valueOf));
    }

    int number(String name, int otherwise) {
        return findNumber(name).orElse(otherwise);
    }

    int getNumber(String name) {
        return parse(name, get(name), Integer::valueOf);
    }

    Optional<Boolean> findFlag(String name) {
        return find(name).map(Boolean::valueOf);
    }

    boolean flag(String name) {
        return findFlag(name).orElse(false);
    }

    /// `NAME.1`, `NAME.2` and so on, until one is missing.
    List<String> list(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 1; values.containsKey(name + "." + i); i++) {
            found.add(values.get(name + "." + i));
        }
        return found;
    }

    <T> List<T> list(String name, Function<String, T> parser) {
        return list(name).stream().map(text -> parse(name, text, parser)).toList();
    }

    /// What is below `NAME.1.`, `NAME.2.` and so on.
    List<Parameters> members(String name) {
        List<Parameters> found = new ArrayList<>();
        for (Parameters member = below(name + ".1."); !member.values.isEmpty(); ) {
            found.add(member);
            member = below(name + "." + (found.size() + 1) + ".");
        }
        return found;
    }

    private Parameters below(String prefix) {
        Map<String, String> inner = new HashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                inner.put(name.substring(prefix.length()), value);
            }
        });
        return new Parameters(inner);
    }

    Map<String, String> tags(String name) {
        Map<String, String> tags = new HashMap<>();
        members(name).forEach(tag -> tags.put(tag.get("Key"), tag.find("Value").orElse("")));
        return tags;
    }

    /// What does not read is a value that EC2 refuses.
    static <T> T parse(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            Ec2Refusal refusal =
                    Ec2Refusal.parameter(
                            "Value (%s) for parameter %s is invalid.".formatted(text, name));
            refusal.addSuppressed(e);
            throw refusal;
        }
    }
}
