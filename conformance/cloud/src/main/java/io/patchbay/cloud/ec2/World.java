package io.patchbay.cloud.ec2;

import io.patchbay.cloud.control.Faults;
import io.patchbay.cloud.vpc.Choice;
import io.patchbay.cloud.vpc.Ledger;
import java.time.InstantSource;

/// What EC2 is the face of.
///
/// @param region such as `eu-central-1`; requests are signed for it
public record World(
        Ledger ledger,
        Choice choice,
        InstantSource clock,
        Faults faults,
        Keys keys,
        String region) {}
