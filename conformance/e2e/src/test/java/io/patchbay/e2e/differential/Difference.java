package io.patchbay.e2e.differential;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One thing that differs between two stories of the same row.
record Difference(String key, String reference, String patchbay) {
    private static final Pattern OF_A_LINK = Pattern.compile("(.*?, link \\S+) .*", Pattern.DOTALL);

    private static final Pattern OF_AN_ATTACHED_POD =
            Pattern.compile("(after ADD|CHECK|ADD .*, result).*", Pattern.DOTALL);

    /// A link that one of them lacks is one difference. Where one refuses what the other attaches,
    /// that is one, and what the pod has compares with nothing.
    static List<Difference> between(Map<String, String> reference, Map<String, String> patchbay) {
        TreeSet<String> keys = new TreeSet<>(reference.keySet());
        keys.addAll(patchbay.keySet());
        if (keys.stream().anyMatch(key -> isRefused(key, reference) != isRefused(key, patchbay))) {
            keys.removeIf(key -> OF_AN_ATTACHED_POD.matcher(key).matches());
        }
        Map<String, Difference> differences = new TreeMap<>();
        for (String key : keys) {
            String theirs = reference.getOrDefault(key, "");
            String ours = patchbay.getOrDefault(key, "");
            if (theirs.equals(ours)) {
                continue;
            }
            String link = link(key);
            boolean ofBoth = reference.containsKey(link) == patchbay.containsKey(link);
            Difference one =
                    ofBoth
                            ? new Difference(key, theirs, ours)
                            : new Difference(
                                    link,
                                    reference.getOrDefault(link, ""),
                                    patchbay.getOrDefault(link, ""));
            differences.putIfAbsent(one.key(), one);
        }
        return List.copyOf(differences.values());
    }

    private static boolean isRefused(String key, Map<String, String> told) {
        return key.matches("ADD of pod \\d+, code") && !told.getOrDefault(key, "0").equals("0");
    }

    /// The key that tells whether a link is there; the key itself where it is of no link.
    private static String link(String key) {
        Matcher ofLink = OF_A_LINK.matcher(key);
        return ofLink.matches() ? ofLink.group(1) : key;
    }

    @Override
    public String toString() {
        return "%s: reference \"%s\", patchbay \"%s\"".formatted(key, reference, patchbay);
    }
}
