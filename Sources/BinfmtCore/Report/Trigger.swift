// SPDX-License-Identifier: Apache-2.0

/// The reason for a pass: a label for the journal. What is done never depends on it, only how and how soon it is logged.
package enum Trigger: String, Sendable {
    case start, reload, configuration, registry, interpreter, timer, command
}
