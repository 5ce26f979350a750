package io.patchbay.meta.vpccni;

import java.util.Set;

/// What becomes of source addresses outside the VPC: two variables there, one key here.
final class Snat {
    private static final String EXTERNAL = "AWS_VPC_K8S_CNI_EXTERNALSNAT";
    private static final Set<String> PORTS = Set.of("prng", "hashrandom", "none");

    private Snat() {}

    static String translate(Variable variable, String value, Environment environment, Draft draft) {
        if (variable.name().equals(EXTERNAL)) {
            return Values.flag(value)
                    ? draft.put(variable.key(), "external")
                    : "stays: the node translates source addresses of what leaves the VPC";
        }
        if (!PORTS.contains(value)) {
            throw new IllegalArgumentException("it is prng, hashrandom or none");
        }
        return environment.isTrue(EXTERNAL)
                ? "is put aside by %s, as there: it is left out".formatted(EXTERNAL)
                : draft.put(variable.key(), value);
    }
}
