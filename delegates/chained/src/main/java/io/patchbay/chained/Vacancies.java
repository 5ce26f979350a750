package io.patchbay.chained;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Which tables and which priorities of rules nobody in a pod has.
final class Vacancies {
    private static final int FIRST_TABLE = 100;

    /// What the kernel takes before the rule of the main table.
    private static final int BEFORE_MAIN = 32765;

    private final String pod;
    private final Set<Integer> used;
    private final Map<Boolean, Integer> priorities = new HashMap<>();

    /// @param used the tables that are in use
    /// @param rules of both families, in their order
    Vacancies(String pod, Set<Integer> used, List<Rule> rules) {
        this.pod = pod;
        this.used = used;
        for (boolean ipv6 : new boolean[] {false, true}) {
            priorities.put(ipv6, beforeSecond(rules, ipv6));
        }
    }

    /// @param besides a link whose own routes keep no table from being vacant; 0 for none
    static Vacancies in(String pod, Rtnl rtnl, int besides) {
        return new Vacancies(pod, rtnl.tables(besides), rtnl.rules());
    }

    /// As the kernel does where none is asked for (fib_default_rule_pref); done here, so that it is
    /// known beforehand which rule will be ours. That of VRFs is none of these, and stays before.
    private static int beforeSecond(List<Rule> rules, boolean ipv6) {
        List<Integer> all =
                rules.stream()
                        .filter(rule -> rule.ipv6() == ipv6)
                        .map(Rule::priority)
                        .sorted()
                        .toList();
        return all.size() < 2 || all.get(1) < 2 ? BEFORE_MAIN : all.get(1) - 1;
    }

    int nextPriority(boolean ipv6, OptionalInt declared) {
        if (declared.isPresent()) {
            return declared.getAsInt();
        }
        int next = priorities.getOrDefault(ipv6, BEFORE_MAIN);
        priorities.put(ipv6, Math.max(1, next - 1));
        return next;
    }

    List<Integer> freeTables(int count) {
        List<Integer> free = new ArrayList<>();
        for (int table = FIRST_TABLE; free.size() < count; table++) {
            if (!used.contains(table) && !SourceRoutingConfig.isOfTheKernel(table)) {
                free.add(table);
            }
        }
        return free;
    }

    /// Refuses tables that somebody else has.
    void refuseUsed(List<Integer> declared) {
        for (int table : declared) {
            if (used.contains(table)) {
                throw CniException.invalidConfig(
                        "table %d is in use in %s, by a route of another link, a rule or a VRF: declare another one, or none to have a free one chosen"
                                .formatted(table, pod));
            }
        }
    }
}
