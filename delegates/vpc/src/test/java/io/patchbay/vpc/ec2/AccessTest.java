package io.patchbay.vpc.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final Map<String, String> BOTH =
            Map.of("AWS_ENDPOINT_URL_EC2", "https://sdk", "AWS_EC2_ENDPOINT", "https://plugin");

    @Test
    void theSettingComesFirstAndTheSdksVariableBeforeThePlugins() {
        assertThat(Access.endpoint(Optional.of("http://set:1"), BOTH))
                .contains(URI.create("http://set:1"));
        assertThat(Access.endpoint(Optional.empty(), BOTH)).contains(URI.create("https://sdk"));
        assertThat(
                        Access.endpoint(
                                Optional.empty(),
                                Map.of(
                                        "AWS_ENDPOINT_URL_EC2", " ",
                                        "AWS_EC2_ENDPOINT", "https://plugin")))
                .contains(URI.create("https://plugin"));
        assertThat(Access.endpoint(Optional.empty(), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ec2.eu-west-1.amazonaws.com", "ftp://host", "https://", ":", "https:// x"})
    void whatIsNoUrlIsRefusedWithItsKey(String text) {
        assertThatThrownBy(
                        () -> Access.endpoint(Optional.empty(), Map.of("AWS_EC2_ENDPOINT", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AWS_EC2_ENDPOINT is \"" + text + "\"");
    }
}
