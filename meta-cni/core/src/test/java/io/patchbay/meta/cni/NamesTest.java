package io.patchbay.meta.cni;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"eth0", "a", "fifteen-letters", "Eth.100", "net1@if2", "ü", "-"})
    void anInterfaceMayHaveAnyNameThatTheKernelTakes(String name) {
        assertThat(Names.interfaceProblem(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            textBlock =
                    """
                    '',is empty
                    sixteen-letters0,has 16 bytes: an interface name has at most 15
                    ööööööö7ö,has 17 bytes: an interface name has at most 15
                    .,is a directory
                    ..,is a directory
                    a/b,holds "/"
                    a:b,holds ":"
                    a b,holds white space or a control character
                    'a\tb',holds white space or a control character
                    'a\u0000',holds white space or a control character
                    'a\u007f',holds white space or a control character
                    à,holds white space or a control character
                    net%d,holds "%": the kernel would read it as a pattern
                    lo,is taken: every network namespace has its own loopback
                    all,is reserved by the kernel
                    default,is reserved by the kernel
                    """,
            quoteCharacter = '\'')
    @DisplayName("row 19: an interface name that the kernel would refuse is refused before")
    void anInterfaceNameThatTheKernelWouldRefuseIsRefusedBefore(String name, String problem) {
        assertThat(Names.interfaceProblem(name)).hasValue(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "A_b.c-9"})
    @DisplayName("rows 2, 18: an identifier is letters, digits and a few marks")
    void anIdentifierIsLettersDigitsAndAFewMarks(String name) {
        assertThat(Names.identifierProblem(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "_a", "-a", "a/b", "a b", "a\n", "ä"})
    @DisplayName("rows 2, 18: what is no identifier is refused")
    void whatIsNoIdentifierIsRefused(String name) {
        assertThat(Names.identifierProblem(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 255, 4096})
    void anIdentifierThatCouldNotNameAFileIsRefused(int length) {
        assertThat(Names.identifierProblem("a".repeat(length)))
                .hasValue("is longer than 200 characters");
    }
}
