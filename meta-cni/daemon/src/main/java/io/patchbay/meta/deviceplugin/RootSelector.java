package io.patchbay.meta.deviceplugin;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which physical function a device is part of, and which of its virtual ones may be: `eth0`, or
/// `eth0#0-3,7` for some by their index.
///
/// @param root the name of its link, or its PCI address
/// @param indexes empty where any will do, and the physical function itself too
record RootSelector(String root, List<Range> indexes) {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

    record Range(int first, int last) {
        boolean has(int index) {
            return first <= index && index <= last;
        }

        @Override
        public String toString() {
            return first == last ? "" + first : first + "-" + last;
        }
    }

    /// An IllegalArgumentException quotes what is malformed.
    static RootSelector parse(String text) {
        int mark = text.indexOf('#');
        if (mark < 0) {
            return new RootSelector(text, List.of());
        }
        List<Range> indexes = new ArrayList<>();
        for (String part : text.substring(mark + 1).split(",", -1)) {
            indexes.add(range(text, part));
        }
        return new RootSelector(text.substring(0, mark), List.copyOf(indexes));
    }

    private static Range range(String text, String part) {
        Matcher numbers = RANGE.matcher(part);
        if (numbers.matches()) {
            int first = Integer.parseInt(numbers.group(1));
            int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
            if (first <= last) {
                return new Range(first, last);
            }
        }
        throw new IllegalArgumentException(
                "\"%s\" has \"%s\" where indexes of virtual functions stand: write them as in \"#0-3,7\""
                        .formatted(text, part));
    }

    /// @param index of the virtual function; empty for any other
    boolean hasIndex(OptionalInt index) {
        return indexes.isEmpty()
                || (index.isPresent()
                        && indexes.stream().anyMatch(range -> range.has(index.getAsInt())));
    }

    @Override
    public String toString() {
        return indexes.isEmpty()
                ? root
                : root
                        + indexes.stream()
                                .map(Range::toString)
                                .collect(Collectors.joining(",", "#", ""));
    }
}
