package io.patchbay.cloud.ec2;

import io.patchbay.cloud.vpc.Vpc;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Filters that every description has.
final class Described {
    private Described() {}

    static <T> Map<String, Function<T, Stream<String>>> with(
            Map<String, Function<T, Stream<String>>> fields, Vpc vpc, Function<T, String> zone) {
        Map<String, Function<T, Stream<String>>> more = new HashMap<>(fields);
        more.put("vpc-id", _ -> Stream.of(vpc.id()));
        more.put("owner-id", _ -> Stream.of(Rendered.OWNER));
        more.put("availability-zone", object -> Stream.of(zone.apply(object)));
        return more;
    }
}
