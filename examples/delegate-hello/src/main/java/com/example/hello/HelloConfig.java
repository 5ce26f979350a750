package com.example.hello;

import java.util.Optional;

/// A network of type `hello`: the components are the keys of its JSON.
///
/// @param bridge a bridge of the node, which is there already, and was given its MAC address: where
///     that follows the ports', the kernel drops the bridge's neighbours each time it changes
public record HelloConfig(Optional<String> bridge) {
    public HelloConfig {
        if (!bridge.orElse("").matches("[A-Za-z][A-Za-z0-9_.-]{0,14}")) {
            throw new IllegalArgumentException(
                    "\"bridge\" is "
                            + bridge.map(name -> '"' + name + '"').orElse("missing")
                            + ": name a bridge of the node");
        }
    }
}
