package io.patchbay.cloud.ec2;

import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.Outcome;
import io.patchbay.cloud.vpc.Vpc;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What was made for which ClientToken, so that a repeated request makes nothing more. Source: EC2
/// developer guide, "Ensuring idempotency". Within one action at a time.
final class ClientTokens {
    private record Made(Map<String, String> request, String id) {}

    private final Map<String, Made> made = new HashMap<>();

    /// Makes something once for a token, and finds it by its id later.
    <T> Outcome<T> once(
            Parameters parameters,
            Vpc vpc,
            Function<Vpc, Outcome<T>> action,
            Function<T, String> id,
            Function<String, T> find) {
        Optional<String> token = parameters.find("ClientToken").filter(text -> !text.isEmpty());
        if (token.isEmpty()) {
            return action.apply(vpc);
        }
        Made before = made.get(token.get());
        if (before == null) {
            Outcome<T> outcome = action.apply(vpc);
            if (!parameters.flag("DryRun")) {
                made.put(token.get(), new Made(parameters.values(), id.apply(outcome.value())));
            }
            return outcome;
        }
        if (!before.request().equals(parameters.values())) {
            throw new Ec2Refusal(
                    "IdempotentParameterMismatch",
                    "The client token %s was used before with other parameters"
                            .formatted(token.get()));
        }
        return new Outcome<>(vpc, find.apply(before.id()));
    }
}
