// SPDX-License-Identifier: Apache-2.0
// SwiftPM builds no target without a source file.
#include "CLinux.h"
