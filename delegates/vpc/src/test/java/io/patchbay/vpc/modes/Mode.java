package io.patchbay.vpc.modes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.modes.Feature.Where;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A way in which pods are in the VPC: what is said of it, and what comes of that.
///
/// @param sentence for whom it is
public record Mode(String name, Set<Feature> features, String sentence) {
    public Mode {
        features = Set.copyOf(features);
    }

    public static Mode of(String name, String sentence, Feature... features) {
        return new Mode(name, Set.of(features), sentence);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /// The section `vpc` of patchbay.yaml.
    public ObjectNode settings() {
        return written(Where.SETTINGS, Json.object());
    }

    /// That of the default network.
    public ObjectNode network() {
        return written(Where.NETWORK, type("pods"));
    }

    /// That of a further interface.
    public Optional<ObjectNode> furtherNetwork() {
        return Optional.of(written(Where.FURTHER_NETWORK, type("further")))
                .filter(_ -> has(Feature.FURTHER_ATTACHMENT));
    }

    private static ObjectNode type(String name) {
        return Json.object().put("cniVersion", "1.1.0").put("name", name).put("type", "vpc");
    }

    private ObjectNode written(Where where, ObjectNode object) {
        EnumSet.allOf(Feature.class).stream()
                .filter(feature -> has(feature) && feature.where() == where)
                .forEach(feature -> feature.write(object));
        return object;
    }

    List<Family> families() {
        if (has(Feature.IPV6)) {
            return List.of(Family.IPV6);
        }
        if (has(Feature.IPV4_THEN_IPV6)) {
            return List.of(Family.IPV4, Family.IPV6);
        }
        return has(Feature.IPV6_THEN_IPV4)
                ? List.of(Family.IPV6, Family.IPV4)
                : List.of(Family.IPV4);
    }

    int count() {
        return has(Feature.SEVERAL_ADDRESSES) ? 2 : 1;
    }

    boolean provisions() {
        return !has(Feature.ASSIGNED_BY_OTHERS);
    }

    /// Whether its pods are on links with a tag, which not each kernel has.
    public boolean takesVlans() {
        return features.stream().anyMatch(Feature::isBranch);
    }

    /// A pod for which the mode is.
    Sort own() {
        return new Sort(this, takesVlans());
    }

    /// Any other pod of such a node.
    Sort ordinary() {
        return new Sort(this, false);
    }

    @Override
    public String toString() {
        return name;
    }
}
