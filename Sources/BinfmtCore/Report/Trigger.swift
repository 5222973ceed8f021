// SPDX-License-Identifier: Apache-2.0

/// The reason for a pass: a label for the journal, on which no decision depends.
package enum Trigger: String, Sendable {
    case start, reload, configuration, registry, interpreter, timer, command
}
