package io.patchbay.cloud.controller;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/// What the controller works with, and knows. For one thread.
record Means(
        Ec2 ec2,
        ControlPlane plane,
        InstantSource clock,
        ControllerSettings settings,
        Branches branches,
        Setbacks setbacks,
        Notices notices) {
    static Means of(Ec2 ec2, ControlPlane plane, InstantSource clock, ControllerSettings settings) {
        return new Means(
                ec2, plane, clock, settings, new Branches(), new Setbacks(), new Notices(plane));
    }

    Instant now() {
        return clock.instant();
    }

    /// Before then, EC2 may not describe what there is.
    Instant described() {
        return now().minus(settings.settle());
    }

    /// Does what may fail, unless it failed a moment ago. EC2's word that it is asked too much is
    /// for whoever makes all calls.
    void attempt(String what, Runnable work, Consumer<Ec2Failure> otherwise) {
        if (setbacks.rests(what, now())) {
            return;
        }
        try {
            work.run();
            setbacks.succeed(what);
        } catch (Ec2Failure e) {
            if (e.isThrottling()) {
                throw e;
            }
            setbacks.fail(what, now());
            otherwise.accept(e);
        }
    }
}
