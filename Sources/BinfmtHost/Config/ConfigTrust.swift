// SPDX-License-Identifier: Apache-2.0

/// Whose configuration files are read.
package enum ConfigTrust: Sendable {
    /// Those that nobody but root could have written; any other counts as broken.
    case rootOnly
    case everybody
}
