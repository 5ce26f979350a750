package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.Ec2.Machine;
import java.time.Instant;

/// The trunk of a node.
///
/// @param limit how many branches there may be on it
/// @param since when it was attached, or found
record Trunk(String node, Machine machine, String eni, int limit, Instant since) {}
