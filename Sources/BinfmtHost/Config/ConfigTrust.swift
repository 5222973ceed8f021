// SPDX-License-Identifier: Apache-2.0

/// The users whose configuration files are trusted.
package enum ConfigTrust: Sendable {
    /// Only files that no user but root could have written; any other file counts as broken.
    case rootOnly
    case anyUser
}
