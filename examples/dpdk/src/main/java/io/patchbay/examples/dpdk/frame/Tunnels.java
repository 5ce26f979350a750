package io.patchbay.examples.dpdk.frame;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// By which tunnel a packet of a tunnel is answered: the one told for it, else its own.
public final class Tunnels {
    private final int[] in;
    private final int[] out;

    private Tunnels(SortedMap<Integer, Integer> answers) {
        in = answers.keySet().stream().mapToInt(Integer::intValue).toArray();
        out = answers.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /// From tunnel endpoint identifiers to those of the answers.
    public static Tunnels of(Map<Integer, Integer> answers) {
        return new Tunnels(new TreeMap<>(answers));
    }

    public int answering(int teid) {
        int found = Arrays.binarySearch(in, teid);
        return found < 0 ? teid : out[found];
    }
}
