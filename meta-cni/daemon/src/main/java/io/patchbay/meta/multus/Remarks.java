package io.patchbay.meta.multus;

import java.util.ArrayList;
import java.util.List;

/// What whoever comes from Multus has to know, one sentence each, in the order of the keys.
final class Remarks {
    private final List<String> sentences = new ArrayList<>();

    void add(String where, String sentence) {
        sentences.add(where + ": " + sentence);
    }

    /// About a key of Multus' configuration.
    void key(String key, String sentence) {
        add("key \"" + key + "\"", sentence);
    }

    List<String> all() {
        return List.copyOf(sentences);
    }
}
