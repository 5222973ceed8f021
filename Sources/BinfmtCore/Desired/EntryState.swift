// SPDX-License-Identifier: Apache-2.0

/// The state of one entry.
package enum EntryState: String, Sendable, CaseIterable {
    /// In the kernel as declared.
    case active
    /// Not registered, because the processor runs its programs itself.
    case native
    /// The next pass will change it.
    case pending
    /// Its interpreter does not exist, or has just gone.
    case waiting
    /// The kernel holds an interpreter file that was replaced since.
    case stale
    /// In the kernel, but another entry takes all its files first.
    case shadowed
    /// Not registered, because another entry has its files or its name.
    case yielded
    /// Left alone for a while, because another program keeps changing it.
    case suspended
    /// binfmtd does not register it, because it would be harmful or useless.
    case refused
    /// The kernel refused to register it.
    case failed
    /// Declared with `enabled = false`.
    case disabled
    /// Hidden by a masked file.
    case masked
    /// Neither declared nor ours.
    case foreign
}

extension EntryState {
    /// Whether an entry in this state is as declared: the rule behind every verdict and every exit code.
    package var isAsDeclared: Bool {
        switch self {
        case .active, .native, .shadowed, .yielded, .disabled, .masked, .foreign: true
        case .pending, .waiting, .stale, .suspended, .refused, .failed: false
        }
    }
}
