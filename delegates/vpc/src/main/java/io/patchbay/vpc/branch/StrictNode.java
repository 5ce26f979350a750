package io.patchbay.vpc.branch;

import io.patchbay.spi.Journal;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.net.Sysctl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a node needs beside what each of its pods with strict enforcement has. The node's own
/// addresses are looked up after the branches' tables: else a pod would reach the node, and the
/// node's answers would reach the pod, around the VPC.
final class StrictNode {
    static final int MOVED = 20;
    private static final int OF_BIRTH = 0;

    /// Early demultiplexing finds the socket of a probe when the pod's answer comes from the pod,
    /// on its way out to the VPC; and a packet that has a socket is not forwarded (ip_forward in
    /// net/ipv4/ip_forward.c drops it). Each key is of both families.
    static final Map<String, String> SYSCTLS =
            Map.of("net/ipv4/tcp_early_demux", "0", "net/ipv4/udp_early_demux", "0");

    private final Journal<StrictNote> journal;

    StrictNode(Journal<StrictNote> journal) {
        this.journal = journal;
    }

    /// Makes a node ready, and tells what that took. What it was like before is noted first.
    List<Change> enter(Netns host) {
        List<Rule> rules = host.rtnl().rules();
        if (journal.find(StrictNote.KEY).isEmpty()) {
            journal.write(StrictNote.KEY, before(rules, host.sysctl()::find));
        }
        List<Change> changes = entering(rules);
        host.rtnl().apply(changes);
        return changes;
    }

    /// Back to what was noted; what is not as it was made is somebody else's, and stays.
    List<Change> leave(Netns host) {
        Optional<StrictNote> noted = journal.find(StrictNote.KEY);
        if (noted.isEmpty()) {
            return List.of();
        }
        List<Change> changes = leaving(noted.get(), host.rtnl().rules());
        host.rtnl().apply(changes);
        noted.get().sysctls().forEach((key, value) -> restore(host.sysctl(), key, value));
        journal.erase(StrictNote.KEY);
        return changes;
    }

    private static void restore(Sysctl sysctl, String key, String value) {
        if (sysctl.find(key).equals(Optional.ofNullable(SYSCTLS.get(key)))) {
            sysctl.set(key, value);
        }
    }

    static StrictNote before(List<Rule> rules, Function<String, Optional<String>> sysctl) {
        Map<String, String> values = new LinkedHashMap<>();
        SYSCTLS.keySet()
                .forEach(key -> sysctl.apply(key).ifPresent(value -> values.put(key, value)));
        return new StrictNote(
                rules.contains(local(OF_BIRTH, false)),
                rules.contains(local(OF_BIRTH, true)),
                values);
    }

    /// Until it is so, whatever is there. A family that has no such rule at all is one that this
    /// kernel does not have, or somebody took the rule away: of IPv4 it comes back.
    static List<Change> entering(List<Rule> rules) {
        List<Change> changes = new ArrayList<>();
        if (!rules.contains(local(OF_BIRTH, false)) && !rules.contains(local(MOVED, false))) {
            changes.add(new AddRule(local(MOVED, false)));
        }
        changes.addAll(move(rules, List.of(false, true), OF_BIRTH, MOVED));
        return changes;
    }

    static List<Change> leaving(StrictNote before, List<Rule> rules) {
        return move(rules, before.moved(), MOVED, OF_BIRTH);
    }

    /// The new one first: a node must not be without for a moment.
    private static List<Change> move(List<Rule> rules, List<Boolean> families, int from, int to) {
        List<Change> changes = new ArrayList<>();
        for (boolean ipv6 : families) {
            if (rules.contains(local(from, ipv6))) {
                if (!rules.contains(local(to, ipv6))) {
                    changes.add(new AddRule(local(to, ipv6)));
                }
                changes.add(new DeleteRule(local(from, ipv6)));
            }
        }
        return changes;
    }

    static Rule local(int priority, boolean ipv6) {
        return new Rule(
                ipv6,
                priority,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Route.LOCAL);
    }
}
