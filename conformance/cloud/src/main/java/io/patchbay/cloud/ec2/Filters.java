package io.patchbay.cloud.ec2;

import io.patchbay.cloud.vpc.Ec2Refusal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The filters of a describing request: all of them must match, each by any of its values, with `*`
/// and `?` as in EC2.
record Filters(List<Filter> filters) {
    record Filter(String name, List<Pattern> values) {}

    Filters {
        filters = List.copyOf(filters);
    }

    static Filters of(Parameters parameters) {
        return new Filters(
                parameters.members("Filter").stream()
                        .map(filter ->
                                new Filter(
                                        filter.get("Name"),
                                        filter.list("Value").stream()
                                                .map(Filters::pattern)
                                                .toList()))
                        .toList());
    }

    private static Pattern pattern(String value) {
        String quoted = Pattern.quote(value).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(quoted, Pattern.DOTALL);
    }

    /// @param fields the values of each filter's name
    <T> boolean match(
            T object, Map<String, String> tags, Map<String, Function<T, Stream<String>>> fields) {
        return filters.stream()
                .allMatch(filter ->
                        values(filter.name(), object, tags, fields)
                                .anyMatch(value ->
                                        filter.values().stream()
                                                .anyMatch(pattern ->
                                                        pattern.matcher(value).matches())));
    }

    private static <T> Stream<String> values(
            String name,
            T object,
            Map<String, String> tags,
            Map<String, Function<T, Stream<String>>> fields) {
        if (name.equals("tag-key")) {
            return tags.keySet().stream();
        }
        if (name.startsWith("tag:")) {
            return Stream.ofNullable(tags.get(name.substring("tag:".length())));
        }
        Function<T, Stream<String>> field = fields.get(name);
        if (field == null) {
            throw Ec2Refusal.parameter("The filter '%s' is invalid".formatted(name));
        }
        return field.apply(object);
    }
}
