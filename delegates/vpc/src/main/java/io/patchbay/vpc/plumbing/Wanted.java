package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the kernel should have, of that which is ours.
///
/// @param links to be up, with their MTU; 0 is any
/// @param addresses what a link carries of a family
/// @param connected routes that the kernel makes by itself, and that are in the way
/// @param primaries the one interface whose routing is the node's own, if its link is there, by its
///   families
/// @param table the text of the table of nftables, "" where there is to be none; empty where that
///   is not known yet, and what is there has to do
public record Wanted(
        Map<Integer, Integer> links,
        List<Carried> addresses,
        List<Route> routes,
        List<Route> connected,
        List<PrimaryRouting> primaries,
        List<Rule> rules,
        Map<String, String> sysctls,
        Optional<String> table) {
    /// What a pod has on the host.
    public void add(PodLink pod) {
        links.put(pod.paths().hostLink(), 0);
        routes.addAll(pod.paths().hostRoutes());
        rules.addAll(pod.paths().hostRules());
        sysctls.putAll(pod.sysctls());
    }

    public static Wanted nothing(Optional<String> table) {
        return new Wanted(
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                table);
    }
}
