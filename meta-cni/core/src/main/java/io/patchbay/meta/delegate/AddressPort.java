package io.patchbay.meta.delegate;

import io.patchbay.spi.ipam.AddressSource;

/// What every address source passes before it is used, so that the fault rig can count and fail its
/// calls. A method reference such as `FaultySource::new` will do.
public interface AddressPort {
    AddressPort PLAIN =
            new AddressPort() {
                @Override
                public <S extends Record> AddressSource<S> decorate(AddressSource<S> source) {
                    return source;
                }
            };

    <S extends Record> AddressSource<S> decorate(AddressSource<S> source);
}
