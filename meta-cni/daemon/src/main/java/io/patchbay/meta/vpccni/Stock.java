package io.patchbay.meta.vpccni;

/// What the pool keeps: the first two of its variables go before the others, and of these each is
/// for one kind of pool. Source: VPC CNI pkg/ipamd/ipamd.go.
final class Stock {
    private static final String WARM = "WARM_IP_TARGET";
    private static final String MINIMUM = "MINIMUM_IP_TARGET";
    private static final String INTERFACES = "WARM_ENI_TARGET";
    private static final String PREFIXES = "WARM_PREFIX_TARGET";

    private final Environment environment;
    private final Draft draft;
    private final boolean prefixes;

    Stock(Environment environment, Draft draft) {
        this.environment = environment;
        this.draft = draft;
        this.prefixes = environment.isTrue("ENABLE_PREFIX_DELEGATION");
    }

    String translate(Variable variable, String value) {
        int count = Values.number(value, 0, Integer.MAX_VALUE);
        if (variable.name().equals(WARM) || variable.name().equals(MINIMUM)) {
            return count == 0 ? "is 0, which is none" : draft.put(variable.key(), count);
        }
        if (variable.name().equals(prefixes ? INTERFACES : PREFIXES)) {
            return "counts for pools of %s alone, as there: it is left out"
                    .formatted(prefixes ? "single addresses" : "prefixes");
        }
        if (environment.tells(WARM) || environment.tells(MINIMUM)) {
            return "is put aside by %s, as there: it is left out"
                    .formatted(environment.tells(WARM) ? WARM : MINIMUM);
        }
        if (prefixes && count == 0 && !environment.tells(INTERFACES)) {
            throw new IllegalArgumentException(
                    "with ENABLE_PREFIX_DELEGATION and no other target, set it, %s or %s to 1 or more"
                            .formatted(WARM, MINIMUM));
        }
        return draft.put(variable.key(), count);
    }
}
