package io.patchbay.vpc.modes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import java.util.List;

/// One thing that somebody says of how pods are in the VPC: a key and its value.
public enum Feature {
    PREFIXES(Where.SETTINGS, "pool.prefixes", "true"),
    ASSIGNED_BY_OTHERS(Where.SETTINGS, "pool.provision", "false"),
    CUSTOM_NETWORKING(Where.SETTINGS, "customNetworking.enabled", "true"),
    STRICT_BRANCH(Where.SETTINGS, "securityGroupsForPods.enforcement", "\"strict\""),
    STANDARD_BRANCH(Where.SETTINGS, "securityGroupsForPods.enforcement", "\"standard\""),
    IPV6(Where.SETTINGS, "families", "[\"ipv6\"]"),
    IPV4_THEN_IPV6(Where.SETTINGS, "families", "[\"ipv4\", \"ipv6\"]"),
    IPV6_THEN_IPV4(Where.SETTINGS, "families", "[\"ipv6\", \"ipv4\"]"),
    EGRESS_V4(Where.SETTINGS, "egress.v4", "true"),
    EGRESS_V6(Where.SETTINGS, "egress.v6", "true"),
    /// Of eth0.
    SEVERAL_ADDRESSES(Where.NETWORK, "count", "2"),
    /// Its subnet, and its security groups beside that.
    FURTHER_ATTACHMENT(Where.FURTHER_NETWORK, "subnet", "\"" + Place.SUBNET_OF_NETWORK + "\"");

    /// Where the key stands.
    public enum Where {
        /// In the section `vpc` of patchbay.yaml.
        SETTINGS,
        /// In eth0's network.
        NETWORK,
        /// In the network of a further interface.
        FURTHER_NETWORK
    }

    private final Where where;
    private final String key;
    private final String value;

    Feature(Where where, String key, String value) {
        this.where = where;
        this.key = key;
        this.value = value;
    }

    /// What a refusal calls it: the key, with its section but for those that `enabled` turns on.
    public String word() {
        return key.replaceFirst("\\.enforcement$", "");
    }

    Where where() {
        return where;
    }

    /// Whether only one of both can be said.
    public boolean isAlternativeTo(Feature other) {
        return where == other.where && key.equals(other.key);
    }

    boolean isBranch() {
        return this == STRICT_BRANCH || this == STANDARD_BRANCH;
    }

    /// Writes the key, with the sections that it is in.
    void write(ObjectNode object) {
        List<String> path = List.of(key.split("\\."));
        ObjectNode section = object;
        for (String name : path.subList(0, path.size() - 1)) {
            section = section.withObject("/" + name);
        }
        if (isBranch()) {
            section.put("enabled", true);
        }
        section.set(path.getLast(), Json.decode(key, value));
        if (this == FURTHER_ATTACHMENT) {
            section.putArray("securityGroups").add(Place.GROUP_OF_NETWORK);
        }
    }
}
