// SPDX-License-Identifier: Apache-2.0

/// How one entry stands, in one word.
package enum EntryState: String, Sendable, CaseIterable {
    /// In the kernel as declared.
    case active
    /// The next pass will change it.
    case pending
    /// Its interpreter is not there yet.
    case waiting
    /// The kernel holds an interpreter's file that was replaced since.
    case stale
    /// In the kernel, but others take all its files first.
    case shadowed
    /// Left to another entry that has its files.
    case yielded
    /// Given up for a while, because another program keeps changing it.
    case suspended
    /// It must not be registered.
    case refused
    /// The kernel would not take it.
    case failed
    /// Declared with `enabled = false`.
    case disabled
    /// Hidden by a masked file.
    case masked
    /// Neither declared nor ours.
    case foreign
}
