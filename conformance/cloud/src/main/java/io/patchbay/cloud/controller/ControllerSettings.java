package io.patchbay.cloud.controller;

import java.time.Duration;

/// How the controller works.
///
/// @param cooldown for which the branch of a pod that is gone is kept; Amazon's has 60 s, and never
///   less than 30
/// @param warm how many branches a trunk has ahead of pods; Amazon's has none
/// @param survey how often EC2 is asked what there is
/// @param settle for how long EC2's descriptions may be behind
public record ControllerSettings(Duration cooldown, int warm, Duration survey, Duration settle) {
    public static final ControllerSettings OF_EKS =
            new ControllerSettings(
                    Duration.ofSeconds(60), 0, Duration.ofSeconds(60), Duration.ofSeconds(10));

    public ControllerSettings {
        if (cooldown.isNegative() || survey.isNegative() || settle.isNegative() || warm < 0) {
            throw new IllegalArgumentException(
                    "a setting of the controller is negative: cooldown %s, warm %d, survey %s, settle %s"
                            .formatted(cooldown, warm, survey, settle));
        }
    }

    public ControllerSettings cooldown(Duration now) {
        return new ControllerSettings(now, warm, survey, settle);
    }

    public ControllerSettings warm(int now) {
        return new ControllerSettings(cooldown, now, survey, settle);
    }
}
