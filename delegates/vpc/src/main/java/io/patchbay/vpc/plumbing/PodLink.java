package io.patchbay.vpc.plumbing;

import io.patchbay.vpc.eni.Family;
import java.util.LinkedHashMap;
import java.util.Map;

/// A pod's link as the host sees it.
public record PodLink(PodPaths paths, String name) {
    /// With IPv6 on the host's end a pod could make itself the node's router by an advertisement
    /// (CVE-2020-10749), or take over one route by a redirect: the node takes neither, and where
    /// the pod has no IPv6 there is none at all.
    Map<String, String> sysctls() {
        Map<String, String> sysctls = new LinkedHashMap<>();
        if (paths.families().contains(Family.IPV6)) {
            sysctls.put(key("accept_ra"), "0");
            sysctls.put(key("accept_redirects"), "0");
            sysctls.put(key("disable_ipv6"), "0");
        } else {
            sysctls.put(key("disable_ipv6"), "1");
        }
        // It is the branch that has the pod's address, and not the main table: strict filtering by
        // reverse path (rp_filter 1) would drop all that comes from the pod.
        if (paths.isBehindInterface()) {
            sysctls.put("net/ipv4/conf/" + name + "/rp_filter", "2");
        }
        return sysctls;
    }

    private String key(String setting) {
        return "net/ipv6/conf/%s/%s".formatted(name, setting);
    }
}
