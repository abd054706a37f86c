//! What CUDA, `PyTorch` and ZeroGPU say.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "cuda-before-spaces",
        patterns: &[
            "RuntimeError: CUDA has been initialized before importing the `spaces` package",
            "RuntimeError: CUDA has been initialized before importing the spaces package",
        ],
        cause: "On ZeroGPU the app puts something on CUDA before it imports `spaces`, which has to patch torch first.",
        fix: "Write `import spaces` as the first import of app.py, above torch, diffusers and everything that touches CUDA.",
        rules: &["spaces-after-cuda"],
        example: "RuntimeError: CUDA has been initialized before importing the `spaces` package. Try importing `spaces` before any other CUDA-related package.",
        source: "https://github.com/huggingface/autotrain-advanced/issues/727",
        ..Message::RAISED
    },
    Message {
        id: "cuda-in-main-process",
        patterns: &["{}CUDA must not be initialized in the main process"],
        cause: "On ZeroGPU the app used CUDA outside of a function with `@spaces.GPU`; the main process has no GPU.",
        fix: "Call what needs the GPU inside a function with `@spaces.GPU`; at module level, only move models with `.to(\"cuda\")`.",
        rules: &["no-gpu-function", "spaces-after-cuda"],
        example: "RuntimeError: CUDA must not be initialized in the main process on Spaces with Stateless GPU environment.",
        source: "https://github.com/lenML/Speech-AI-Forge/issues/143",
        ..Message::RAISED
    },
    Message {
        id: "zero-gpu-cuda-not-intercepted",
        patterns: &["RuntimeError: Low-level CUDA init (`torch._C._cuda_init`) reached"],
        cause: "On ZeroGPU the app initialises CUDA where there is no GPU: outside of a function with `@spaces.GPU`, and after or beside the import of app.py, where ZeroGPU imitates CUDA (in another thread, in a request, by a library that finds CUDA by itself).",
        fix: "Load models at module level of app.py with `.to(\"cuda\")`, or inside a function with `@spaces.GPU`; give libraries that choose the device by themselves `device=\"cpu\"`. The frames above the message show which call it was.",
        rules: &["no-gpu-function", "spaces-after-cuda"],
        example: "RuntimeError: Low-level CUDA init (`torch._C._cuda_init`) reached.",
        source: "own reading of spaces 0.51.3",
        ..Message::RAISED
    },
    Message {
        id: "no-gpu-function",
        patterns: &["{}No @spaces.GPU function detected during startup"],
        cause: "The Space has ZeroGPU hardware, and no function of the app has `@spaces.GPU`.",
        fix: "Decorate the function that needs the GPU with `@spaces.GPU`, or choose other hardware.",
        rules: &["no-gpu-function"],
        example: "No @spaces.GPU function detected during startup",
        source: "https://huggingface.co/docs/hub/spaces-zerogpu",
        ..Message::RUN
    },
    Message {
        id: "zero-gpu-quota",
        weight: Weight::Refuses,
        patterns: &[
            "{}You have exceeded your {} quota",
            "{}ZeroGPU quota exceeded",
            "{}You have exceeded your ZeroGPU runs limit",
            "{}Space app has reached its GPU limit",
        ],
        cause: "The visitor's ZeroGPU minutes of the day are used up, or fewer are left than the function asks for.",
        fix: "Ask for less time with `@spaces.GPU(duration=..)`; the visitor can sign in, wait, or subscribe to PRO.",
        example: "You have exceeded your GPU quota (60s requested vs. 30s left)",
        source: "own reading of spaces 0.51.3",
        ..Message::RUN
    },
    Message {
        id: "zero-gpu-duration",
        weight: Weight::Refuses,
        patterns: &[
            "{}ZeroGPU illegal duration",
            "{}The requested GPU duration ({seconds}) is larger than the maximum allowed",
        ],
        cause: "The function asks for more GPU time than ZeroGPU allows in one call.",
        fix: "Lower `duration` of `@spaces.GPU`, and split the work.",
        example: "The requested GPU duration (600s) is larger than the maximum allowed",
        source: "own reading of spaces 0.51.3",
        ..Message::RUN
    },
    Message {
        id: "zero-gpu-task-aborted",
        weight: Weight::Refuses,
        is_ambiguous: true,
        patterns: &["{}GPU task aborted"],
        cause: "ZeroGPU stopped the function: it took longer than its `duration` (60 seconds unless said), or its process crashed, often for lack of memory.",
        fix: "Give `@spaces.GPU(duration=..)` as many seconds as the function needs, and load models at module level, not in the function.",
        example: "gradio.exceptions.Error: 'GPU task aborted'",
        source: "own reading of spaces 0.51.3",
        ..Message::RUN
    },
    Message {
        id: "zero-gpu-token-expired",
        weight: Weight::Refuses,
        patterns: &["{}Expired ZeroGPU proxy token"],
        cause: "The page of the visitor was open for too long: the token with which it asks for a GPU has expired. A function that calls several `@spaces.GPU` functions one after the other can take too long too.",
        fix: "Reload the page. In the app, do the GPU work of one click in one `@spaces.GPU` function.",
        example: "gradio.exceptions.Error: 'Expired ZeroGPU proxy token'",
        source: "own reading of spaces 0.51.3",
        ..Message::RUN
    },
    Message {
        id: "zero-gpu-busy",
        weight: Weight::Refuses,
        patterns: &["gradio.exceptions.Error: 'No GPU was available", "HTMLError: No GPU was available"],
        cause: "ZeroGPU had no free GPU for the visitor within the time that a request may wait. The Space itself is not broken.",
        fix: "Try again later; ask for less time with `@spaces.GPU(duration=..)`, which shortens the queue, or choose a GPU of its own in the Space's settings.",
        example: "gradio.exceptions.Error: 'No GPU was available after 60s'",
        source: "own reading of spaces 0.51.3",
        ..Message::RUN
    },
    Message {
        id: "zero-gpu-credits-pending",
        weight: Weight::Refuses,
        patterns: &["{}You have too many ZeroGPU credits allocated to running tasks"],
        cause: "The visitor already runs so many ZeroGPU tasks that their quota is reserved for these.",
        fix: "Wait until some of the tasks have ended, and ask for less time with `@spaces.GPU(duration=..)`: the whole duration is reserved while a task runs.",
        example: "gradio.exceptions.Error: 'You have too many ZeroGPU credits allocated to running tasks. Try again once some of those tasks have completed.'",
        source: "own reading of spaces 0.51.3",
        ..Message::RUN
    },
    Message {
        id: "zero-gpu-worker-error",
        weight: Weight::Refuses,
        is_ambiguous: true,
        patterns: &["{}raise error(\"ZeroGPU worker error\", res.error_cls)"],
        cause: "A function with `@spaces.GPU` raised an exception of its own. Gradio shows only its name; the exception with its frames is printed above.",
        fix: "Look for the traceback above this one, which was printed by the GPU process, and correct what it shows.",
        example: "raise error(\"ZeroGPU worker error\", res.error_cls)",
        source: "own reading of spaces 0.51.3",
        ..Message::RUN
    },
    Message {
        id: "zero-gpu-without-gradio",
        patterns: &[
            "RuntimeError: ZeroGPU is only compatible with Gradio 4+",
            "RuntimeError: Make sure Gradio version is at least 3.46",
        ],
        cause: "ZeroGPU needs a newer Gradio than `sdk_version` names.",
        fix: "Raise `sdk_version` in README.md to a current Gradio.",
        example: "RuntimeError: ZeroGPU is only compatible with Gradio 4+",
        source: "own reading of spaces 0.51.3",
        ..Message::RAISED
    },
    Message {
        id: "zero-gpu-not-found",
        patterns: &["RuntimeError: Error while initializing ZeroGPU: {what}"],
        cause: "`spaces` cannot reach ZeroGPU: the Space's hardware is not ZeroGPU, or the platform has a fault.",
        fix: "Set ZeroGPU as the hardware in the Space's settings, and restart it.",
        example: "RuntimeError: Error while initializing ZeroGPU: NotFound",
        source: "own reading of spaces 0.51.3",
        ..Message::RAISED
    },
    Message {
        id: "gpu-missing-at-build",
        patterns: &[
            "RuntimeError: No CUDA GPUs are available",
            "RuntimeError: Found no NVIDIA driver on your system",
            "AssertionError: Found no NVIDIA driver on your system",
            "AssertionError: Torch not compiled with CUDA enabled",
            "RuntimeError: CUDA unknown error",
        ],
        cause: "The code uses CUDA where there is no GPU: while the image is built there never is one, and at run time only on GPU hardware.",
        fix: "Ask `torch.cuda.is_available()` first and fall back to `cpu`; take what needs a GPU out of `RUN`; choose GPU hardware in the Space's settings, or ZeroGPU with `@spaces.GPU`.",
        rules: &["gpu-at-build", "no-gpu-function"],
        example: "RuntimeError: No CUDA GPUs are available",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
    Message {
        id: "vllm-without-gpu",
        is_ambiguous: true,
        patterns: &["RuntimeError: Failed to infer device type"],
        cause: "vLLM finds no device that it can use: its usual build needs a GPU of NVIDIA, and the hardware has none, or the container cannot see it.",
        fix: "Choose GPU hardware in the Space's settings. On CPU hardware, use another server for models, such as llama.cpp, or a build of vLLM for CPUs.",
        example: "RuntimeError: Failed to infer device type, please set the environment variable `VLLM_LOGGING_LEVEL=DEBUG` to turn on verbose logging to help debug the issue.",
        source: "https://github.com/vllm-project/vllm",
        ..Message::RAISED
    },
    Message {
        id: "nvidia-smi-missing",
        patterns: &[
            "{}: nvidia-smi: not found",
            "{}: nvidia-smi: command not found",
            "nvidia-smi: command not found",
            "FileNotFoundError: [Errno 2] No such file or directory: 'nvidia-smi'",
        ],
        cause: "nvidia-smi comes with the driver of GPU hardware; while the image is built there is none.",
        fix: "Take nvidia-smi out of the Dockerfile; at run time, allow it to fail.",
        rules: &["gpu-at-build"],
        example: "/bin/sh: 1: nvidia-smi: not found",
        source: "own run of dash 0.5",
        ..Message::BUILD
    },
    Message {
        id: "nvcc-missing",
        patterns: &[
            "{}: nvcc: not found",
            "{}: nvcc: command not found",
            "nvcc: command not found",
            "{}nvcc was not found",
            "OSError: CUDA_HOME environment variable is not set",
            "{}CUDA_HOME environment variable is not set",
            "{}No CMAKE_CUDA_COMPILER could be found",
        ],
        cause: "A package is compiled for CUDA, and the image has no CUDA compiler: only the `-devel` images have it.",
        fix: "Install a prebuilt wheel, or compile in an `nvidia/cuda:..-devel` stage with `TORCH_CUDA_ARCH_LIST` set.",
        rules: &["compiler-of-cuda-missing"],
        example: "OSError: CUDA_HOME environment variable is not set. Please set it to your CUDA install root.",
        source: "https://github.com/pytorch/pytorch",
        ..Message::BUILD
    },
    Message {
        id: "cuda-out-of-memory",
        weight: Weight::Refuses,
        patterns: &[
            "OutOfMemoryError: CUDA out of memory",
            "RuntimeError: CUDA out of memory",
            "RuntimeError: CUDA error: out of memory",
        ],
        cause: "The GPU's memory is full.",
        fix: "Load in half precision or quantized, lower batch and image size, free what is not used, run one worker; or choose hardware with more GPU memory.",
        example: "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
    Message {
        id: "checkpoint-for-cuda",
        patterns: &[
            "RuntimeError: Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False",
        ],
        cause: "The file was saved from a GPU, and this hardware has none.",
        fix: "Load it with `torch.load(.., map_location=\"cpu\")`.",
        example: "RuntimeError: Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False.",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
    Message {
        id: "checkpoint-weights-only",
        patterns: &[
            "_pickle.UnpicklingError: Weights only load failed",
            "pickle.UnpicklingError: Weights only load failed",
        ],
        cause: "torch 2.6 and later loads only weights unless told otherwise, and this file holds other Python objects too.",
        fix: "Load a file that you trust with `torch.load(.., weights_only=False)`, or save the state dict alone, best as safetensors.",
        example: "_pickle.UnpicklingError: Weights only load failed.",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
    Message {
        id: "gpu-architecture-unsupported",
        patterns: &[
            "RuntimeError: CUDA error: no kernel image is available for execution on the device",
            "{}CUDA error: no kernel image is available for execution on the device",
        ],
        cause: "The installed build of PyTorch, or of an extension, was not made for this GPU.",
        fix: "Install a newer PyTorch for a newer CUDA, or compile with `TORCH_CUDA_ARCH_LIST` of the GPU (T4 is 7.5, A10G 8.6, L4 8.9).",
        example: "RuntimeError: CUDA error: no kernel image is available for execution on the device",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
    Message {
        id: "gpu-driver-too-old",
        patterns: &[
            "RuntimeError: The NVIDIA driver on your system is too old",
            "{}CUDA driver version is insufficient for CUDA runtime version",
        ],
        cause: "PyTorch was made for a newer CUDA than the hardware's driver has.",
        fix: "Install a PyTorch build for an older CUDA, such as from https://download.pytorch.org/whl/cu124.",
        example: "RuntimeError: The NVIDIA driver on your system is too old (found version 12040).",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
    Message {
        id: "cuda-library-missing",
        patterns: &[
            "ImportError: libcuda{rest}: cannot open shared object file",
            "ImportError: libcudart{rest}: cannot open shared object file",
            "ImportError: libcudnn{rest}: cannot open shared object file",
            "ImportError: libcublas{rest}: cannot open shared object file",
            "ImportError: libnvinfer{rest}: cannot open shared object file",
            "OSError: libcudart{rest}: cannot open shared object file",
            "{}Could not load library libcudnn",
            "{}Unable to load any of {libcudnn",
        ],
        cause: "A library of CUDA is missing, or has another version than the package was made for.",
        fix: "Take a wheel of the package for the installed CUDA (or its CPU build on CPU hardware), or a base image `nvidia/cuda:..-cudnn-runtime-..` of that version.",
        example: "ImportError: libcudart.so.12: cannot open shared object file: No such file or directory",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
    Message {
        id: "torch-and-torchvision-differ",
        patterns: &[
            "RuntimeError: operator torchvision::nms does not exist",
            "RuntimeError: Couldn't load custom C++ ops",
            "ImportError: {}undefined symbol: _ZN3c10",
            "ImportError: {}undefined symbol: _ZNK3c10",
            "ImportError: {}undefined symbol: _ZN2at",
            "ImportError: {}undefined symbol: _ZNK2at",
            "ImportError: {}undefined symbol: _ZN5torch",
            "OSError: {}undefined symbol: _ZN3c10",
            "OSError: {}undefined symbol: _ZNK3c10",
            "OSError: {}undefined symbol: _ZN2at",
            "OSError: {}undefined symbol: _ZNK2at",
            "OSError: {}undefined symbol: _ZN5torch",
        ],
        cause: "torch and a package that was compiled for it (torchvision, torchaudio, flash-attn, xformers) have versions that do not belong together.",
        fix: "Install both in one call with matching versions and from the same index; leave exact pins of only one of them out.",
        example: "RuntimeError: operator torchvision::nms does not exist",
        source: "https://github.com/pytorch/vision",
        ..Message::RAISED
    },
    Message {
        id: "undefined-symbol",
        is_ambiguous: true,
        patterns: &["ImportError: {}: undefined symbol: {symbol}", "OSError: {}: undefined symbol: {symbol}"],
        unless: &[
            "undefined symbol: _ZN3c10",
            "undefined symbol: _ZNK3c10",
            "undefined symbol: _ZN2at",
            "undefined symbol: _ZNK2at",
            "undefined symbol: _ZN5torch",
        ],
        cause: "A compiled library looks for `{symbol}` in another library and does not find it: the other library has a version that it was not compiled for, or is missing. The path before the message names the library that fails.",
        fix: "Install that package again in a version that fits the others: for torch and CUDA libraries, all in one call and from one index; for a package that uses a system library, the library's package with apt, or a prebuilt wheel.",
        example: "ImportError: /usr/local/lib/python3.11/site-packages/pyodbc.cpython-311-x86_64-linux-gnu.so: undefined symbol: SQLAllocHandle",
        source: "https://github.com/pytorch/extension-cpp/issues/103",
        ..Message::RAISED
    },
    Message {
        id: "half-on-cpu",
        patterns: &["RuntimeError: \"{kernel}\" not implemented for 'Half'"],
        cause: "The model is in half precision, which PyTorch cannot compute on a CPU here.",
        fix: "Load it with `torch_dtype=torch.float32` (or bfloat16) where there is no GPU.",
        example: "RuntimeError: \"LayerNormKernelImpl\" not implemented for 'Half'",
        source: "https://github.com/pytorch/pytorch",
        ..Message::RAISED
    },
    Message {
        id: "flash-attention-unsupported",
        patterns: &[
            "RuntimeError: FlashAttention only supports Ampere GPUs or newer",
            "ImportError: FlashAttention2 has been toggled on, but it cannot be used",
        ],
        cause: "The app asks for FlashAttention, and the GPU is too old for it or the package is not installed.",
        fix: "Leave `attn_implementation=\"flash_attention_2\"` out, use `\"sdpa\"`, or choose an A10G or newer.",
        example: "RuntimeError: FlashAttention only supports Ampere GPUs or newer.",
        source: "https://github.com/Dao-AILab/flash-attention",
        ..Message::RAISED
    },
    Message {
        id: "bitsandbytes-without-gpu",
        patterns: &[
            "RuntimeError: No GPU found. A GPU is needed for quantization.",
            "ImportError: Using `bitsandbytes` 8-bit quantization requires",
            "ImportError: Using `bitsandbytes` 4-bit quantization requires",
            "RuntimeError: CUDA Setup failed despite GPU being available",
        ],
        cause: "bitsandbytes quantizes on a GPU, and there is none, or the package is not installed.",
        fix: "Load without `load_in_4bit` and `load_in_8bit` on CPU hardware, or choose GPU hardware and require bitsandbytes and accelerate.",
        example: "RuntimeError: No GPU found. A GPU is needed for quantization.",
        source: "https://github.com/huggingface/transformers",
        ..Message::RAISED
    },
    Message {
        id: "accelerate-missing",
        patterns: &[
            "ImportError: Using `low_cpu_mem_usage=True`",
            "{}requires Accelerate: `pip install",
            "ValueError: Using a `device_map`, `tp_plan`",
            "ImportError: Using `device_map` requires",
        ],
        cause: "`device_map` needs the package accelerate.",
        fix: "Add accelerate to requirements.txt.",
        example: "ImportError: Using `low_cpu_mem_usage=True` or a `device_map` requires Accelerate: `pip install 'accelerate>=0.26.0'`",
        source: "https://github.com/huggingface/transformers",
        ..Message::RAISED
    },
];
