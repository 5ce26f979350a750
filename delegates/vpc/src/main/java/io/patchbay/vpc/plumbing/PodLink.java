package io.patchbay.vpc.plumbing;

import io.patchbay.vpc.eni.Family;
import java.util.LinkedHashMap;
import java.util.Map;

/// A pod's link as the host sees it.
record PodLink(PodPaths paths, String name) {
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
        return sysctls;
    }

    private String key(String setting) {
        return "net/ipv6/conf/%s/%s".formatted(name, setting);
    }
}
