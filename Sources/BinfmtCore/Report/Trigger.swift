// SPDX-License-Identifier: Apache-2.0

/// What a pass was made for: a label for the log, never an input.
package enum Trigger: String, Sendable {
    case start, reload, configuration, registry, interpreter, timer, command
}
