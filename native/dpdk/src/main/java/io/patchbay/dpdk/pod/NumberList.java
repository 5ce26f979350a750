package io.patchbay.dpdk.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers of CPUs or NUMA nodes as the kernel lists them: `0-3,8,10-11`. Source: cpuset(7).
final class NumberList {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private NumberList() {}

    /// @param where for the message: the file
    static SortedSet<Integer> parse(Object where, String text) {
        SortedSet<Integer> numbers = new TreeSet<>();
        if (text.isBlank()) {
            return numbers;
        }
        for (String part : text.strip().split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            int first = range.matches() ? Integer.parseInt(range.group(1)) : -1;
            int last =
                    first >= 0 && range.group(2) != null ? Integer.parseInt(range.group(2)) : first;
            if (first < 0 || last < first) {
                throw new PodException(
                        "%s says \"%s\", and \"%s\" in it is neither a number nor a range of them"
                                .formatted(where, text, part));
            }
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    static String format(SortedSet<Integer> numbers) {
        List<String> parts = new ArrayList<>();
        int start = -1;
        for (int number : numbers) {
            if (!numbers.contains(number - 1)) {
                start = number;
            }
            if (!numbers.contains(number + 1)) {
                parts.add(start == number ? "" + number : start + "-" + number);
            }
        }
        return String.join(",", parts);
    }
}
