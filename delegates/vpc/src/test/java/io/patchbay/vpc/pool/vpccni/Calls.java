package io.patchbay.vpc.pool.vpccni;

import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// EC2 as far as it can be counted: gives blocks that nobody has, and remembers every call.
final class Calls {
    private static final Cidr ALL = Cidr.parse("10.0.0.0/8");

    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final Set<Cidr> assigned = new HashSet<>();
    private long made = 16;
    private int enis;

    void call(String... names) {
        for (String name : names) {
            counts.merge(name, 1, Integer::sum);
        }
    }

    String newEni() {
        return "eni-%03d".formatted(++enis);
    }

    List<Cidr> assign(int count, boolean prefixes) {
        List<Cidr> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made += 16;
            blocks.add(new Cidr(ALL.at(made), prefixes ? 28 : 32));
        }
        assigned.addAll(blocks);
        return blocks;
    }

    void unassign(List<Cidr> blocks) {
        assigned.removeAll(blocks);
    }

    Set<Cidr> assigned() {
        return Set.copyOf(assigned);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int count(String name) {
        return counts.getOrDefault(name, 0);
    }
}
