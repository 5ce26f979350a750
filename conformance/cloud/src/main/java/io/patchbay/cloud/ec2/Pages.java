package io.patchbay.cloud.ec2;

import io.patchbay.cloud.vpc.Ec2Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A list in pages of MaxResults. A token names the id of the first that is still to come, so that
/// what comes and goes between two pages moves nothing else.
final class Pages {
    private static final int LEAST = 5;
    private static final int MOST = 1000;

    private Pages() {}

    static <T> List<Xml> of(
            Parameters parameters,
            String name,
            List<T> all,
            Function<T, String> id,
            Function<T, List<Xml>> item) {
        int size = parameters.number("MaxResults", MOST);
        if (size < LEAST || size > MOST) {
            throw Ec2Refusal.parameter(
                    "Value ( %d ) for parameter maxResults is invalid. Expecting a value from %d to %d."
                            .formatted(size, LEAST, MOST));
        }
        List<T> rest = all.stream().sorted((a, b) -> id.apply(a).compareTo(id.apply(b))).toList();
        String from = parameters.find("NextToken").orElse("");
        List<T> open = rest.stream().filter(each -> id.apply(each).compareTo(from) >= 0).toList();
        List<Xml> page = new ArrayList<>();
        page.add(Xml.set(name, open.stream().limit(size).map(item)));
        if (open.size() > size) {
            page.add(Xml.text("nextToken", id.apply(open.get(size))));
        }
        return page;
    }
}
