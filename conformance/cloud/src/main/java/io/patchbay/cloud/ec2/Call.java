package io.patchbay.cloud.ec2;

import io.patchbay.cloud.vpc.Choice;
import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.Outcome;
import io.patchbay.cloud.vpc.Vpc;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// One request as an action sees it.
record Call(World world, ClientTokens tokens, Parameters parameters) {
    static final List<Xml> DONE = List.of(Xml.text("return", true));

    private static final int PRECONDITION_FAILED = 412;

    /// The VPC as descriptions tell it, which lags.
    Vpc seen() {
        return world.ledger().before(world.faults().weather().lag());
    }

    Choice choice() {
        return world.choice();
    }

    Instant now() {
        return world.clock().instant();
    }

    /// An interface that is to be changed: one that is not seen yet is not there.
    String eni(String parameter) {
        String id = parameters.get(parameter);
        if (world.ledger().now().interfaces().containsKey(id)) {
            seen().getInterface(id);
        }
        return id;
    }

    /// Makes a change; by DryRun, tells that it could be made.
    <T> T perform(Function<Vpc, Outcome<T>> action) {
        return world.ledger()
                .perform(vpc -> {
                    Outcome<T> outcome = action.apply(vpc);
                    if (parameters.flag("DryRun")) {
                        throw new Ec2Refusal(
                                PRECONDITION_FAILED,
                                "DryRunOperation",
                                "Request would have succeeded, but DryRun flag is set.");
                    }
                    return outcome;
                });
    }

    List<Xml> change(UnaryOperator<Vpc> change) {
        return perform(vpc -> new Outcome<>(change.apply(vpc), DONE));
    }
}
