package io.patchbay.sriov;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A physical function and its virtual ones as patchbay.yaml wants them. What is absent is left as
/// it is.
///
/// @param device the physical function; this or `link` names it, and not both
/// @param link the name of its link on the host
/// @param virtualFunctions how many it shall have; 0 is none
/// @param driver what each virtual one is bound to, such as `vfio-pci`
/// @param mtu of its own link and of those of the virtual ones; 0 leaves them
/// @param autoprobe whether the kernel gives new virtual ones to a driver of its own choice
record DeclaredFunction(
        Optional<PciAddress> device,
        Optional<String> link,
        Optional<Integer> virtualFunctions,
        Optional<String> driver,
        int mtu,
        Optional<Boolean> autoprobe) {
    /// What PCI can count: a function's number has 16 bits (PCI Express, TotalVFs).
    private static final int MOST = 65535;

    /// ETH_MIN_MTU of linux/if_ether.h, and the longest packet of IP.
    private static final int SMALLEST_MTU = 68;

    private static final int LARGEST_MTU = 65535;

    // As the kernel names modules: a path of sysfs is made of it.
    private static final Pattern DRIVER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    DeclaredFunction {
        if (device.isPresent() == link.isPresent()) {
            throw new IllegalArgumentException(
                    device.isPresent()
                            ? "\"device\" is \"%s\" and \"link\" is \"%s\": name the physical function by one of them"
                                    .formatted(device.get(), link.get())
                            : "neither \"device\" nor \"link\" is there: name the physical function by one of them");
        }
        link.ifPresent(name -> LinkName.require("link", name));
        requireWithin("virtualFunctions", virtualFunctions.orElse(0), 0, MOST);
        driver.filter(name -> !DRIVER.matcher(name).matches())
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "\"driver\" is \"%s\": it is the name of a driver, such as vfio-pci"
                                    .formatted(name));
                });
        if (mtu != 0) {
            requireWithin("mtu", mtu, SMALLEST_MTU, LARGEST_MTU);
        }
        if (virtualFunctions.equals(Optional.of(0)) && driver.isPresent()) {
            throw new IllegalArgumentException(
                    "\"driver\" is \"%s\", and \"virtualFunctions\" is 0: there is none to bind"
                            .formatted(driver.get()));
        }
    }

    private static void requireWithin(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "\"%s\" is %d: it is %d to %d".formatted(key, value, least, most));
        }
    }

    /// As patchbay.yaml names it.
    String name() {
        return device.map(address -> "device " + address)
                .or(() -> link.map(l -> "link " + l))
                .orElseThrow();
    }

    /// The function that is meant, whatever it is.
    Optional<PciFunction> find(List<PciFunction> functions) {
        return functions.stream().filter(this::means).findFirst();
    }

    private boolean means(PciFunction function) {
        return device.filter(function.address()::equals).isPresent()
                || link.filter(name ->
                                function.links().stream().anyMatch(own -> own.name().equals(name)))
                        .isPresent();
    }
}
