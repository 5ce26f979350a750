package io.patchbay.cloud.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.cloud.controller.Ec2.Eni;
import io.patchbay.cloud.controller.Ec2.Subnet;
import java.util.Optional;

/// The annotation `vpc.amazonaws.com/pod-eni`, by which a node learns of a pod's branch.
public final class BranchAnnotation {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BranchAnnotation() {}

    /// A list of one. What there is not of IPv6 is an empty text, as in Amazon's.
    static String encode(Eni eni, int vlan, Subnet subnet, String association) {
        var list = JSON.createArrayNode();
        list.addObject()
                .put("eniId", eni.id())
                .put("ifAddress", eni.mac())
                .put("privateIp", eni.address())
                .put("ipv6Addr", eni.ipv6().orElse(""))
                .put("vlanId", vlan)
                .put("subnetCidr", subnet.cidr())
                .put("subnetV6Cidr", eni.ipv6().flatMap(_ -> subnet.ipv6()).orElse(""))
                .put("associationID", association);
        return list.toString();
    }

    /// The id of the interface; empty for what is no such annotation.
    public static Optional<String> eni(String annotation) {
        try {
            return PodJson.text(JSON.readTree(annotation).path(0).path("eniId"));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
