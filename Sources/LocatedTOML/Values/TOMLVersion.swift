// SPDX-License-Identifier: Apache-2.0

/// A version of the language.
public enum TOMLVersion: String, CaseIterable, Hashable, Sendable {
    /// The version of January 2021.
    case v1_0 = "1.0.0"
    /// The version of December 2025. Inline tables may have line breaks, comments and a comma after the last pair, a
    /// basic string the escapes `\xHH` and `\e`, and a time may have no seconds. Every file of TOML 1.0 is one of 1.1,
    /// with the same meaning.
    case v1_1 = "1.1.0"
}
